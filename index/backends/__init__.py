"""Where the passages of a library are searched: in files on this machine, or on a Milvus server."""
