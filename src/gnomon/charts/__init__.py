"""Series as pictures: SVG that the PDF and the pages share."""
