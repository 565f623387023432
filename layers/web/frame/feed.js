/**
 * @file What the app shows reaches the map twice: by a socket of the map's own, at once, and with the page,
 * which unpacks all else that a filter changes before it comes to the map. The first to come is taken.
 */
(function () {
  "use strict";

  /** @type {Partial<Atlas> & ThisType<Atlas>} */
  const part = {
    said: 0,

    hear(filter) {
      if (filter.feed && !this.feed) this.listen(filter.feed);
      if (filter.number <= this.said) return;
      this.said = filter.number;
      this.show(filter);
    },

    /* The frame lives at <base>/component/streamlit_folium.st_folium/. One that closes is opened again with the next word of the page. */
    listen(word) {
      const address = new URL(`../../feed/${word}`, location.href);
      address.protocol = address.protocol.replace("http", "ws");
      this.feed = new WebSocket(address);
      this.feed.onmessage = ({ data }) => this.hear(JSON.parse(data));
      this.feed.onclose = () => { this.feed = undefined; };
    },
  };
  Object.assign(window.atlas, part);
})();
