"""The LLM coach against a real language model behind a real llama.cpp server. Run by `make test-llm`."""
