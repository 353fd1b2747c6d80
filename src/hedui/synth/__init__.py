"""Reports with a known truth: `facts` are drawn, `prose` and `tables` word them, `marked` makes text and gold, `render` files."""
