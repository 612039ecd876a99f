/* Keeps a reader's own file in this browser, and gives it back to the app's own server after a reload. It stands in
   IndexedDB, which holds what an upload may weigh; localStorage ends at five megabytes. */

const STORE = "tables", KEY = "own";

const opened = () => new Promise((resolve, reject) => {
  const asked = indexedDB.open("shekara", 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore(STORE);
  asked.onsuccess = () => resolve(asked.result);
  asked.onerror = () => reject(asked.error);
});

async function within(mode, act) {
  const base = await opened();
  try {
    const transaction = base.transaction(STORE, mode), asked = act(transaction.objectStore(STORE));
    return await new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve(asked.result);
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
  } finally {
    base.close();
  }
}

const read = () => within("readonly", (store) => store.get(KEY));
const write = (kept) => within("readwrite", (store) => store.put(kept, KEY));
const here = (address) => location.pathname.replace(/\/?$/, "") + address;

async function fetched(address, options) {
  const answer = await fetch(here(address), options);
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer;
}

/* Answers for a new file alone: an answer runs the script, with the widgets as they stand before its last run is in. */
async function keep({ address, file, name, settings }) {
  const kept = await read(), content = kept?.file === file ? kept.content : await (await fetched(address)).blob();
  await write({ file, name, settings, content });
  return address ? { file } : null;
}

async function look({ address, file }) {
  const kept = await read();
  if (!kept) return { file: "" };
  const body = new FormData(), token = document.cookie.match(/(?:^|; )_streamlit_xsrf=([^;]*)/);
  body.append("file", kept.content, kept.name);
  await fetched(address, { method: "PUT", body, headers: token ? { "X-Xsrftoken": token[1].replaceAll('"', "") } : {} });
  await write({ ...kept, file });
  return { file, settings: kept.settings };
}

async function forget() {
  await within("readwrite", (store) => store.delete(KEY));
  return { file: "" };
}

const ACTS = { keep, look, forget };

export default function ({ data, setStateValue, parentElement }) {
  const asked = JSON.stringify(data);
  if (parentElement.asked === asked) return;
  parentElement.asked = asked;
  ACTS[data.act](data).catch(() => ({ file: "", failed: true })).then((answer) => answer && setStateValue("answer", { act: data.act, ...answer }));
}
