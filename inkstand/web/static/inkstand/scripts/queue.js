// What the reader did, until it is written down. Kept in the browser's own database, so that neither a closed page nor
// a lost line loses any of it; each deed has an id made here, so that what is sent twice is written once.
// Used by pages and, printed into it, by the worker: a plain script without imports.
globalThis.waiting = (() => {
  const NAME = "inkstand", DEEDS = "deeds", FACTS = "facts", MOST = 100;
  let opened;

  const open = () => opened ||= new Promise((done, fail) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore(DEEDS, { keyPath: "id" });
      asked.result.createObjectStore(FACTS);
    };
    asked.onsuccess = () => {
      asked.result.onversionchange = () => { asked.result.close(); opened = undefined; };
      done(asked.result);
    };
    asked.onerror = () => { opened = undefined; fail(asked.error); };
  });

  // One transaction; answers what `deed(store)` asked for, once it is on the disk.
  const within = async (name, mode, deed) => {
    const database = await open();
    return new Promise((done, fail) => {
      const turn = database.transaction(name, mode), asked = deed(turn.objectStore(name));
      turn.oncomplete = () => done(asked?.result);
      turn.onerror = turn.onabort = () => fail(turn.error);
    });
  };

  // Who reads on this device, what they may, and until when it may lie here; nothing where nobody is signed in.
  const right = async () => {
    const answer = await fetch("/mine/right/", { credentials: "same-origin", cache: "no-store", headers: { Accept: "application/json" } });
    if (answer.ok) {
      const { seconds, ...told } = await answer.json();
      return { ...told, until: new Date(Date.now() + 1000 * seconds).toISOString(), asked: Date.now() };
    }
    if (answer.status === 401) return undefined;
    throw new Error(`the paper answered ${answer.status}`);
  };

  const all = async () => (await within(DEEDS, "readonly", (store) => store.getAll())).sort((a, b) => a.at < b.at ? -1 : 1);
  // Known beforehand where it can be: what is done as a page closes has no time to ask.
  let whose;
  const add = async (deed) => {
    whose ??= (await fact("right"))?.reader;
    await within(DEEDS, "readwrite", (store) => store.put({ id: crypto.randomUUID(), at: new Date().toISOString(), whose, ...deed }));
  };
  const strike = (ids) => within(DEEDS, "readwrite", (store) => { ids.forEach((id) => store.delete(id)); });

  // Sends what waits, the oldest first. True when nothing of this reader's is left; what another left here is not theirs.
  const send = async () => {
    if (!(await all()).length) return true;
    const reader = (await right())?.reader;
    if (!reader) return false;
    for (let deeds; (deeds = (await all()).filter(({ whose }) => !whose || whose === reader).slice(0, MOST)).length;) {
      const answer = await fetch("/mine/", {
        method: "POST", credentials: "same-origin", body: JSON.stringify(deeds.map(({ whose, ...deed }) => deed)),
        headers: { "Content-Type": "application/json", "Accept": "application/json" },
      });
      // Nobody is signed in any more: it waits for them, or is wiped with the rest.
      if ([401, 403, 404, 429].includes(answer.status) || answer.status >= 500) return false;
      // Refused as a whole: sent again it would be refused again.
      await strike(deeds.map((deed) => deed.id));
    }
    return true;
  };

  // One sender at a time, of all pages and the worker.
  const flush = () => navigator.locks ? navigator.locks.request("inkstand-send", send) : send();

  const fact = (name) => within(FACTS, "readonly", (store) => store.get(name));
  const know = (name, value) => within(FACTS, "readwrite", (store) => value === undefined ? store.delete(name) : store.put(value, name));

  fact("right").then((right) => { whose = right?.reader; }, () => {});

  return { add, all, flush, right, fact, know };
})();
