// Takes one draft to school: the report first, then its photos. Every step may be repeated and is taken once.
// → "sent" | "conflict" | "refused" | "signed_out" | "gone" | "waiting"; the draft learns what it needs to go on.

let token = document.querySelector("meta[name=csrf-token]").content;

export async function send(draft, address) {
  if (!draft.report) {
    const body = JSON.stringify({ ...draft.fields, is_supplement: draft.supplement ?? false });
    const answer = await put(`${address}/${draft.sheet}/reports/${draft.key}`, body, "application/json");
    if (answer.state !== "sent") return outcome(draft, answer);
    draft.report = answer.report;
  }
  for (const photo of draft.photos.filter(({ sent }) => !sent)) {
    const answer = await put(`${address}/reports/${draft.report}/photos/${photo.key}`, photo.blob, photo.blob.type);
    if (answer.state !== "sent") return outcome(draft, answer);
    photo.sent = true;
  }
  return "sent";
}

function outcome(draft, { state, message, url }) {
  Object.assign(draft, { message: message ?? "", url });
  return state;
}

async function put(address, body, type, again = false) {
  const headers = { "Content-Type": type, Accept: "application/json", "X-CSRFToken": token };
  let response;
  try {
    response = await fetch(address, { method: "PUT", body, headers });
  } catch {
    return { state: "waiting" }; // no network after all
  }
  const answer = await response.json().catch(() => ({}));
  if (response.status === 419 && !again) {
    token = answer.csrf_token;
    return put(address, body, type, true);
  }
  if (response.status === 401) return { state: "signed_out" };
  if (response.status === 404) return { state: "gone" };
  if (response.status === 413) return { state: "refused", message: answer.message };
  return answer.state ? answer : { state: "waiting" }; // the server is not well: later
}
