"""What thousands of reports claim, by theme: passages, claims and checks in, typed findings with spans and a score out."""
