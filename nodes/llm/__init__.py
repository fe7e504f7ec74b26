"""The LLM coach: any LangChain chat model behind the Coach seam, with every answer checked by code."""
