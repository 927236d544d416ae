"""The page in the browser: the conversation on the left, the paper on the right, and what is behind them."""
