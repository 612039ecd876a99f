/* Blocks of data in the page. */

/* The text of a block of the page, which it need not keep. */
export function takeBlock(id) {
  const block = document.getElementById(id), text = block.textContent;
  block.remove();
  return text;
}
