"""The bundle: everything that a production team needs of a journey, in one file.

`making` puts it together, `archive` keeps its bytes the same, `verifying` is what is run before
anything else when one comes in. What only simulation knows, vectors and results, is handed in.
"""
