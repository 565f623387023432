/* When a WebGL map has drawn what it was asked for: `asks(n)` is called with the data, `bench` tells as the static page does.
   Libraries do not say when the picture stands: it does once the graphics are done and nothing was drawn for a while. */
(() => {
  const TICK_MS = 50, QUIET = 40; // ticks without a drawing; a page that is busy does not tick
  let asked = null, last = 0, ticks = 0, drawn = false;
  window.bench = { ready: false, shown: -1, waited: 0 };
  const finish = (gl) => {
    gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4)); // returns when all before it is drawn
    last = performance.now();
  };
  for (const { prototype } of [WebGLRenderingContext, WebGL2RenderingContext]) {
    for (const name of ["drawArrays", "drawElements", "drawArraysInstanced", "drawElementsInstanced", "drawRangeElements"]) {
      const draw = prototype[name];
      if (draw) prototype[name] = function (...of) {
        if (!drawn) setTimeout(() => { drawn = false; finish(this); });
        drawn = true;
        ticks = 0;
        return draw.apply(this, of);
      };
    }
  }
  window.asks = (number) => { asked = number; last = 0; };
  setInterval(() => {
    ticks += 1;
    if (asked === null || !last || drawn || ticks < QUIET) return;
    window.bench = { ready: true, shown: asked, waited: performance.now() - last };
    asked = null;
  }, TICK_MS);
})();
