"""Words in English, Russian and Kazakh."""
