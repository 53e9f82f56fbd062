// The school has the log of this week: nothing of it stays on this phone.

import { logs } from "./unsent.js";

export function start({ dataset }) {
  logs.remove(dataset.logSent);
}
