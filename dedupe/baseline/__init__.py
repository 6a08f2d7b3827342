"""What was there before: findings that are known, recognised by what they say."""
