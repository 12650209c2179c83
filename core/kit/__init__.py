"""Time, ids, errors, language and text: no domain words, and nothing else of ours."""
