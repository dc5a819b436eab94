"""A clean copy: a new file made of chosen records, and searched for what was to stay behind before it is handed on."""
