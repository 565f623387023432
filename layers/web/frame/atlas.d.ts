/** What the files of this folder share: one object, to which each adds its part. Checked by tsc, never loaded. */

import type * as Leaflet from "leaflet";

declare global {
  /** Two numbers, as in GeoJSON. */
  type LonLat = [lon: number, lat: number];
  type Box = [west: number, south: number, east: number, north: number];
  /** South-west and north-east corners, as Leaflet has them. */
  type Bounds = [[lat: number, lon: number], [lat: number, lon: number]];
  /** Lines, or areas of rings, as encoded polylines of lat, lon in thousandths of a degree; points as they are. */
  type Packed = Array<string | string[]>;

  interface About {
    name: string;
    layer: string;
    kind: string;
    zone: string;
    status: string;
    precision: string;
    /** Radius that holds the truth, null where nothing is drawn. */
    error_km: number | null;
    shape: "area" | "line" | "point" | "none";
    /** Of areas, km². */
    size: number;
    /** Number of citations. */
    weight: number;
  }
  interface Feature {
    type: "Feature";
    id: string;
    properties: About;
    geometry: Packed | LonLat[] | null;
  }
  interface Point {
    home: Leaflet.LatLng;
    /** On the map's plane at zoom 0, pixels. */
    at: Leaflet.Point;
    /** The same for points of one place. */
    place: string;
    layer: PointLayer | null;
  }
  type PointLayer = Leaflet.CircleMarker & { home?: Leaflet.LatLng };
  type ShapeLayer = Leaflet.Polyline<any> | Leaflet.Polygon;
  type Placed = [Point, Entry];
  type Synced = Required<Pick<Atlas, "follow" | "rest">>;
  type OwnLayer = Leaflet.LayerGroup & { key?: string };
  interface Entry {
    index: number;
    feature: Feature;
    /** Adcodes of the prefectures that it lies in. */
    cities: string[];
    /** The higher, the earlier it is drawn and named. */
    score: number;
    points: Point[];
    layer: ShapeLayer | null;
    box?: Box;
    /** Whether the filter shows it. */
    on: boolean;
    /** The status of its newest document, whatever day is shown. */
    stated?: string;
  }
  /** The table of features as layers/web/payload.py packs it. */
  interface Table {
    words: Record<string, string[]>;
    columns: Record<string, any[]>;
    geometries: Array<Packed | LonLat[]>;
  }
  interface BaseMap {
    /** The ground of the provinces around, and below ours. */
    provinces: any;
    /** Their boundaries, each once, but for those with ours. */
    borders: any;
    sichuan: any;
    rivers: any;
    counties: any;
    prefectures: any;
    zones: any;
    /** The ground of each zone, with its key. */
    grounds: any;
    labels: Label[];
  }
  interface Label {
    /** Adcode, or the key of a zone. */
    key: string;
    name: string;
    level: "zone" | "prefecture" | "county";
    /** The zone of a prefecture. */
    zone?: string;
    lon: number;
    lat: number;
  }
  /** How a line is drawn; `core` is the width of a lighter stroke along its middle. */
  interface LineStyle {
    color?: string;
    weight: number;
    opacity: number;
    core?: number;
  }
  interface Base {
    key: string;
    label: string;
    url?: string;
    image?: string;
    bounds?: Bounds;
    subdomains?: string;
    max_zoom?: number;
    attribution?: string;
  }
  interface LegendEntry {
    key: string;
    label: string;
    color: string;
    shape: "area" | "line" | "point";
    symbol: string;
  }
  interface LegendRow {
    row: HTMLElement;
    tick: HTMLInputElement;
    number: HTMLElement;
    swatch: HTMLElement | SVGElement;
    color: string;
  }
  /** What layers/web/map.py gives the map once. */
  interface Options {
    features: string;
    base: string;
    outlines: string;
    layer_colors: Record<string, string>;
    zone_colors: Record<string, string>;
    symbols: { layers: Record<string, string>; kinds: Record<string, string>; outlines: Record<string, LonLat[]> };
    legend: LegendEntry[];
    zone_legend: Array<{ key: string; label: string; color: string }>;
    /** Styles of lines by mode and by layer, the modes of kinds, and those that the legend tells. */
    lines: { kinds: Record<string, string>; styles: Record<string, LineStyle>; legend: Array<{ key: string; label: string }> };
    /** How early things are drawn, by kind or else by layer. */
    ranks: { layers: Record<string, number>; kinds: Record<string, number> };
    bases: Base[];
    /** The whole of the province. */
    home: Bounds;
    words: Record<string, string>;
  }
  /** What a rerun sends: what to show, and what is selected. */
  interface Filter {
    /** A bit for each feature in file order, base64. */
    bits: string;
    selected: string[];
    focus: string;
    bounds: Bounds | null;
    layers: string[];
    overlay: Sent[];
    counts?: Record<string, number>;
    scope?: any;
    /** Keys of the zones and places that were chosen. */
    outlined?: string[];
    /** What the address asks for when the map begins. */
    look?: { view?: [lat: number, lon: number, zoom: number] | null; color?: string; base?: string; legend?: string };
    /** The area as it was drawn on the map, where it can be edited. */
    drawn?: Drawn | null;
    /** Whether a click on bare ground is told. */
    ground?: boolean;
    /** Whether a click on a feature of an own layer opens it in the app. */
    opens?: boolean;
    /** Where nothing is shown: why. */
    none?: string;
    /** The status of features, by id, that stood otherwise on the day that is shown. */
    statuses?: Record<string, string>;
    /** Stamp of the last act that the app answered. */
    answered?: number | null;
    page?: string;
    /** Whether the app waits to hear that the map is drawn. */
    waited?: boolean;
    placing?: Placing;
    /** The word of the map's feed. */
    feed: string;
    /** Grows with every change: what comes by the feed and with the page is one. */
    number: number;
  }
  /** A thing that is being placed on the desk. */
  interface Placing {
    at: LonLat | null;
    error_km: number | null;
    way: "" | "point" | "course" | "county" | "same";
  }
  /** A layer of the planner; its content is sent once. */
  interface Sent {
    id: number;
    key: string;
    words: { all: string; other: string };
    content?: Content;
    coloured?: { colors: string[]; labels: string[]; classes: number[] }; // instead of the content's own classes
  }
  interface Content {
    name: string;
    keys: string[];
    colors: string[];
    labels: string[];
    features: Array<[cls: number, geometry: any, row: string[]]>;
  }
  type Drawing = "course" | "length" | "area" | "rectangle" | "polygon" | "circle";
  interface Sketch {
    kind: Drawing;
    points: Leaflet.LatLng[];
    shape: Leaflet.Path | null;
    done?: boolean;
  }
  /** An area drawn on the map: its corners, or a centre and a distance. */
  type Drawn = { area: LonLat[] } | { near: LonLat; km: number };
  /** What was done on the map. */
  type Act =
    | { id: string }
    | { layers: string[] }
    | Drawn
    | { at: LonLat }
    | { put: LonLat; km: number }
    | { county: LonLat }
    | { course: LonLat[]; km: number }
    | { leave: true }
    | { need: string }
    | { own: number }
    | { drawn: true };

  interface Atlas {
    // atlas.js
    ready: boolean;
    shown: number;
    loaded?: boolean;
    pending: Filter | null;
    entries: Entry[];
    by_score: Entry[];
    byId: Map<string, Entry>;
    color_by: string;
    selected: string[];
    /** Acts that the app has not answered yet. */
    acts: Array<{ stamp: number } & Act>;
    focus?: string;
    map: Leaflet.Map;
    options: Options;
    words: Record<string, string>;
    canvas: Leaflet.Renderer;
    areas: Leaflet.Renderer;
    group: Leaflet.LayerGroup;
    scope: Leaflet.LayerGroup;
    outlines: Leaflet.LayerGroup;
    marks: Leaflet.LayerGroup;
    halo: Leaflet.LayerGroup;
    more: HTMLElement;
    /** Fits the last view again; gone once the planner looks elsewhere. */
    fitted?: () => void;
    none?: HTMLElement;
    /** Whether this frame was there before the app, and shows all until it is told otherwise. */
    first?: boolean;
    /** Whether the app has heard that the map is drawn. */
    waited?: boolean;
    start(map: Leaflet.Map, options: Options): void;
    begin(): void;
    show_all(): void;
    get(url: string): Promise<any>;
    kept(name: string): string | null;
    keep(name: string, value: string): void;
    fail(error: Error): void;
    notice(): void;
    load(table: Table): void;
    score(about: About): number;
    color(about: About): string;
    tell(act: Act): void;
    answer_app(): void;
    show(filter: Filter): void;
    arrange(): void;
    begin_at(filter: Filter, bounds: Bounds | null | false): void;
    go_to(bounds: Bounds, how?: Leaflet.FitBoundsOptions): void;
    draw_scope(geometry: any): void;
    restate(statuses: Record<string, string>): void;
    restyle(): void;
    tell_none(none: string | undefined): void;

    // feed.js
    /** The number of what was shown last. */
    said: number;
    /** The word of the feed of the session that told it. */
    word?: string;
    feed?: WebSocket;
    /** How often running a feed was asked for in vain. */
    asked: number;
    hear(filter: Filter): void;
    meet(word: string): void;
    listen(word: string): void;

    // marks.js
    answer(layer: PointLayer | ShapeLayer, feature: Feature): void;
    hint(layer: PointLayer | ShapeLayer, feature: Feature): void;
    error_circle(latlng: Leaflet.LatLngExpression, error_km: number): Leaflet.Circle;
    mark(): void;
    mark_points(entry: Entry): void;
    mark_shape(layer: ShapeLayer): void;
    mark_name(entry: Entry): void;
    mark_at(entry: Entry): Leaflet.LatLng | null;
    clear_of_legend(): void;

    // base.js
    labels: Label[];
    ground: Leaflet.GeoJSON[];
    base_key: string;
    under?: Leaflet.Layer | null;
    draw_base(base: BaseMap): void;
    choose_base(key: string): void;
    base_layer(base: Base): Leaflet.Layer | null;

    // shapes.js
    shapes: Entry[];
    areas_by_size: Entry[];
    drawn_shapes: Set<Entry>;
    /** Whether what has no room waits for a closer look. */
    thin: boolean;
    sort_shapes(): void;
    style(feature: Feature): Leaflet.PolylineOptions & { core?: number };
    shape_layer(entry: Entry): ShapeLayer;
    arrange_shapes(view: Box): number;
    first_shapes(found: Entry[]): Entry[];

    latlngs(parts: Packed): Array<Leaflet.LatLng[] | Leaflet.LatLng[][]>;

    // outlines.js
    outlined: string[];
    /** Every boundary by its key, once one was chosen. */
    boundaries?: Promise<Record<string, Packed>>;
    outline(keys: string[]): Promise<void>;

    // points.js
    drawn_points: Set<PointLayer>;
    points_of(lonlats: LonLat[]): Point[];
    point_style(feature: Feature): Leaflet.CircleMarkerOptions;
    symbol(about: About): string;
    point_layer(point: Point, entry: Entry): PointLayer;
    arrange_points(view: Box): number;
    with_room(points: Placed[], zoom: number): Placed[];
    draw_points(points: Placed[], zoom: number): void;
    spread(point: Point, stacks: Map<string, number>, zoom: number): Leaflet.LatLng;
    swatch(symbol: string, color: string, hollow?: boolean): SVGElement;

    // names.js
    all_names?: Leaflet.LayerGroup;
    /** Where something is written, in pixels of the map. */
    taken: Box[];
    /** Boxes of the signs of points, where the view has few. */
    sign_boxes: Box[];
    name_all(): void;
    numbers(): Map<string, number>;
    name_zones(numbers: Map<string, number>): void;
    name_places(level: Label["level"], numbers: Map<string, number> | null): void;
    name_features(zoom: number): void;
    put(look: "zone" | "prefecture" | "county" | "name", at: Leaflet.LatLng, text: string, number?: number): boolean;
    take(box: Box): boolean;
    put_place(level: Label["level"], home: Leaflet.LatLng, name: string, number?: number): void;
    taken_by_selection(): Box[];
    aside(at: Leaflet.LatLng, name: string): number;
    taken_by_controls(): Box[];
    anchor(entry: Entry): Leaflet.LatLng | null;
    middle_vertex(layer: ShapeLayer): Leaflet.LatLng;

    // legend.js
    layer_rows: Map<string, LegendRow>;
    zone_rows: HTMLElement;
    legend_box: HTMLDetailsElement;
    color_choice: HTMLSelectElement;
    base_choice?: HTMLSelectElement;
    legend(): void;
    layer_row(entry: LegendEntry, row: HTMLElement): LegendRow;
    ticked(): string[];
    switch_layers(layers: string[]): void;
    stroke(shape: string, color: string): HTMLElement;
    zone_legend(box: HTMLElement): HTMLElement;
    line_legend(box: HTMLElement): void;
    signs(box: HTMLElement): void;
    switches(box: HTMLElement): void;
    choice(box: HTMLElement, title: string, options: Array<[key: string, text: string]>, choose: (key: string) => void): HTMLSelectElement;
    recolor(key: string): void;
    tint(swatch: HTMLElement | SVGElement, color: string): void;
    count(counts: Record<string, number> | undefined, layers: string[]): void;

    // habits.js
    /** The feature that was stepped to by keys. */
    stepped: Entry | null;
    spoken: HTMLElement;
    habits(): void;
    wheel(ground: HTMLElement): void;
    key(event: KeyboardEvent): void;
    step(by: number): void;
    place_of(entry: Entry, view: Leaflet.LatLngBounds): Leaflet.LatLng | null;

    // tools.js
    drawing: Sketch | null;
    position: HTMLElement;
    answer_line: HTMLElement;
    buttons: Record<string, HTMLButtonElement>;
    tools(): void;
    corner(position: Leaflet.ControlPosition, name: string): HTMLElement;
    arrow(): HTMLElement;
    bar(): void;
    draw(kind: Drawing): void;
    stop(): void;
    say(text: string): void;
    click(latlng: Leaflet.LatLng): void;
    asking?: ReturnType<typeof setTimeout>;
    ask_of(latlng: Leaflet.LatLng): void;
    move(latlng: Leaflet.LatLng): void;
    sketch(latlng: Leaflet.LatLng): void;
    measured(sketch: Sketch, points: Leaflet.LatLng[]): string;
    corners(points: Leaflet.LatLng[]): Leaflet.LatLng[];
    finish(): void;
    full(): void;
    copy_link(): void;
    copy(text: string): Promise<void>;
    flashed?: ReturnType<typeof setTimeout>;
    flash(text: string, for_ms?: number): void;
    take_back(): void;
    round(at: Leaflet.LatLng): LonLat;

    // placing.js
    placed: string;
    way: string;
    handle?: Leaflet.LayerGroup;
    place(placing: Placing | undefined): void;
    movable(latlng: Leaflet.LatLng, error_km: number): Leaflet.LayerGroup;
    leave(): void;
    pass_on(event: KeyboardEvent): void;
    put_here(latlng: Leaflet.LatLng): void;
    finest_km(): number;

    // edit.js
    grips: Leaflet.LayerGroup;
    offered?: string;
    offer_grips(drawn: Drawn | null | undefined): void;
    edit_corners(corners: Leaflet.LatLng[]): void;
    edit_circle(centre: Leaflet.LatLng, km: number): void;
    grip(at: Leaflet.LatLng, corner: boolean, moved: (at: Leaflet.LatLng, done: boolean) => void): Leaflet.Marker;
    hand_over(drawn: Drawn): void;
    redraw(shape: Leaflet.Path, text: string): void;

    // sync.js
    follow?: (x: number, y: number, zoom: number) => void;
    rest?: () => void;
    settle(kind: string): void;
    others(): Synced[];

    // overlay.js
    own?: Leaflet.LayerGroup;
    overlay(layers: Sent[]): void;

    // theme.js
    /** Whether it follows the page around it. */
    follows?: boolean;
    follow_theme(): void;
    darken(dark: boolean): void;
  }

  /** The element that holds the map's frame; what ui/components/canvas.js hangs on it. */
  interface Frame extends HTMLElement {
    /** What the app told last. */
    told?: Filter;
    tell?: (acts: Atlas["acts"]) => void;
    /** Begins the page around the first map, which waits for it. */
    drawn?: () => void;
  }

  interface Window {
    atlas: Atlas;
  }
}
