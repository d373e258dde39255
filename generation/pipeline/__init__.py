"""What a worker decides: plan a job, carry a step out, finish; it returns what became ready."""
