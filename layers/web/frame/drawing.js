/**
 * @file Canvases that draw once a view. When a map leaps, Leaflet's own project every path twice, empty the canvas
 * twice and draw it twice: `zoomend`, `moveend`, `viewreset` and the next frame each do part of it again.
 */
(function () {
  "use strict";

  const { _update, _addPath, _redraw } = /** @type {any} */ (L.Canvas.prototype);
  const { _onZoom, _onZoomEnd } = /** @type {any} */ (L.Renderer.prototype);
  const plane = L.CRS.EPSG3857;

  L.Canvas.include({
    /** @this {any} Where the view is still the one that was drawn, there is nothing to do. */
    _update() {
      const { _map: map, _bounds: drawn, _container: canvas, options } = this;
      const size = map.getSize();
      const corner = map.containerPointToLayerPoint(size.multiplyBy(-options.padding)).round();
      const covered = canvas.style.width && drawn.min.equals(corner) && drawn.getSize().equals(size.multiplyBy(1 + 2 * options.padding).round());
      if (covered && this._zoom === map.getZoom() && this._center.equals(map.getCenter(), 0)) return;
      _update.call(this);
    },

    /** @this {any} A leap moves the canvas and projects in `_reset`, which follows. */
    _onZoom() {
      if (!this._postponeUpdatePaths) _onZoom.call(this);
    },

    /** @this {any} */
    _onZoomEnd() {
      if (!this._postponeUpdatePaths) _onZoomEnd.call(this);
    },

    /** @this {any} @param {any} path What is added while the map leaps is already where it belongs. */
    _addPath(path) {
      _addPath.call(this, path);
      if (this._postponeUpdatePaths) this._placed = (this._placed || new Set()).add(path);
    },

    /** @this {any} */
    _reset() {
      this._update();
      this._updateTransform(this._center, this._zoom);
      for (const path of Object.values(this._layers)) if (!this._placed?.has(path)) path._reset();
      this._placed = null;
      this._postponeUpdatePaths = false;
      this._whole = true;
      this._redrawRequest ||= L.Util.requestAnimFrame(this._redraw, this);
    },

    /** @this {any} What was asked for meanwhile is drawn with the rest. */
    _redraw() {
      L.Util.cancelAnimFrame(this._redrawRequest);
      if (this._whole) this._redrawBounds = null;
      this._whole = false;
      _redraw.call(this);
    },
  });

  /** A position on the plane of zoom 0, reckoned once: what a zoom changes is only scale and origin. @param {any} latlng */
  function flat(latlng) {
    latlng.flat ??= plane.latLngToPoint(latlng, 0);
    return latlng.flat;
  }

  L.Polyline.include({
    /** @this {any} @param {any[]} latlngs @param {L.Point[][]} rings @param {L.Bounds} bounds */
    _projectLatlngs(latlngs, rings, bounds) {
      if (!(latlngs[0] instanceof L.LatLng)) {
        for (const one of latlngs) this._projectLatlngs(one, rings, bounds);
        return;
      }
      const scale = 2 ** this._map.getZoom();
      const origin = this._map.getPixelOrigin();
      const ring = latlngs.map((latlng) => {
        const { x, y } = flat(latlng);
        return L.point(Math.round(x * scale) - origin.x, Math.round(y * scale) - origin.y);
      });
      for (const point of ring) bounds.extend(point);
      rings.push(ring);
    },
  });
})();
