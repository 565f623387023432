/**
 * @file What the app shows reaches the map twice: by a socket of the map's own, at once, and with the page,
 * which unpacks all else that a filter changes before it comes to the map. The first to come is taken.
 */
(function () {
  "use strict";

  const TRIES = 3;

  /** @type {Partial<Atlas> & ThisType<Atlas>} */
  const part = {
    said: 0,
    asked: 0,

    hear(filter) {
      if (filter.feed !== this.word) this.meet(filter.feed);
      if (filter.feed && !this.feed) this.listen(filter.feed);
      if (filter.number <= this.said) return;
      this.said = filter.number;
      this.show(filter);
    },

    /* A session that was not there before: the page around the map stands now, and counts anew what it tells. */
    meet(word) {
      this.follow_theme();
      this.word = word;
      this.said = this.asked = 0;
      this.feed?.close();
      this.feed = undefined;
    },

    /* The page of the map lies at <base>/app/static/. A feed that closes, or on a busy machine does not open,
     * is opened again with what the app tells next, but not for ever: a server without feeds (`streamlit run`) has none later. */
    listen(word) {
      const address = new URL(`../../feed/${word}`, location.href);
      address.protocol = address.protocol.replace("http", "ws");
      const feed = new WebSocket(address);
      feed.onmessage = ({ data }) => this.hear(JSON.parse(data));
      feed.onopen = () => { this.asked = 0; };
      feed.onclose = () => { if (this.feed === feed && this.asked < TRIES) this.feed = undefined; };
      this.asked += 1;
      this.feed = feed;
    },
  };
  Object.assign(window.atlas, part);
})();
