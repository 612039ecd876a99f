/* What comes gzipped, in base64: Shekara.inflate(text) gives it back as a Response. */
window.Shekara = window.Shekara || {};
(function (S) {
  "use strict";

  S.inflate = function (base64) {
    const letters = atob(base64), bytes = new Uint8Array(letters.length);
    for (let i = 0; i < bytes.length; i++) bytes[i] = letters.charCodeAt(i);
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip")));
  };

  /* The text of a block of the page, which it need not keep. */
  S.take = function (id) {
    const block = document.getElementById(id), text = block.textContent;
    block.remove();
    return text;
  };
})(window.Shekara);
