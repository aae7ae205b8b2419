"""What verdicts teach: which words say the same, and which signs tell real findings apart."""
