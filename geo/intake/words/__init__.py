"""What people write, onto the vocabulary: numbers, amounts, dates, terms."""
