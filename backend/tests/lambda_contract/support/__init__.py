"""What the tests of the Lambda program share."""
