declare global {
  // Where the library that adds the dialogs' scroll lock looks for the nonce of its <style>; see get-nonce.
  var __webpack_nonce__: string | undefined;
}

const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce;
if (nonce) globalThis.__webpack_nonce__ = nonce;
