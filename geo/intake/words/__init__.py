"""Words of people, onto the vocabulary: numbers, amounts, dates, terms."""
