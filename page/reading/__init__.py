"""The paper beside the conversation: its pages as text or as pictures, with the quotes marked."""
