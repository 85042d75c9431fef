"""The geometry of drawings, one a file: numbers in, places in a picture 720 wide out."""
