// Joins a page's button to the library's ceremonies with passkeys (mfa/js/webauthn.js). No inline script is needed.
(() => {
  "use strict";
  document.addEventListener("DOMContentLoaded", () => {
    const place = document.querySelector("[data-key-form]");
    if (!place || !window.allauth) return;
    const { keyForm, button, credential, passwordless } = place.dataset;
    const ids = { add: button, authenticate: button, login: button, credential, passwordless, data: "js_data" };
    window.allauth.webauthn.forms[keyForm]({ ids });
    // When the device refuses or the person changes their mind, say so.
    document.addEventListener("allauth.error", (event) => {
      event.preventDefault();
      place.hidden = false;
      place.focus();
    });
  });
})();
