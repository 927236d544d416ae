"""What a library may run on beyond one machine: Milvus to search it, Ray to encode it. Chosen in `index.registry`."""
