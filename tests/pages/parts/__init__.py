"""Parts of the pages by themselves: what a form or an address says."""
