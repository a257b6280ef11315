"""Who answers for which hunk: what people decided, where that is kept, what a policy asks for, and what is missing."""
