"""The quick fixes: a module a subject, as with the rules; nothing lists them."""
