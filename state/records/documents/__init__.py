"""Company documents, their passages and the jobs that read them in."""
