"""The journey as a document for those who review it and sign: what it says, as page and text."""
