"""A library beyond one machine: Milvus searches it, Ray encodes it. `index.backend_choice` chooses them."""
