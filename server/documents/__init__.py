"""A company's documents: uploads and the jobs that read them in, the list, and what the coach would see."""
