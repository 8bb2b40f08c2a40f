import type { Region, Size, ZoomDto } from '@tessera/contracts';
import type OpenSeadragon from 'openseadragon';
import type { Viewer } from 'openseadragon';
import type { ZoomSource } from '../../api/zoom.ts';
import { tileSourceOf } from './tile-source.ts';
import type { Viewport } from './viewport.ts';
import { absoluteView, relativeView, type GroupMember, type RelativeView, type ZoomGroup } from './zoom-group.ts';

type Osd = typeof OpenSeadragon;

export interface StageEvents {
  /** The visitor moves the view to this place, where it will be after a while. */
  readonly onAim: (viewport: Viewport, home: boolean) => void;
  /** The view changed, step by step while it moves; `home` where the whole picture is shown as at the beginning. */
  readonly onMove: (viewport: Viewport, home: boolean) => void;
  /** The view came to rest after the visitor moved it. */
  readonly onRest: (viewport: Viewport, home: boolean) => void;
  /** The view came to rest, whoever moved it; also when the picture is first shown or the stage changes its size. */
  readonly onSettled: (viewport: Viewport, stage: Size) => void;
  /** Whether all tiles of the view are there and drawn. */
  readonly onDrawn: (drawn: boolean) => void;
}

export interface StageOptions extends StageEvents {
  readonly element: HTMLElement;
  readonly source: ZoomSource;
  readonly zoom: ZoomDto;
  readonly group: ZoomGroup | undefined;
  /** Seconds that a change of the view takes; 0 for those who want no motion. */
  readonly animationSeconds: number;
}

/** Pixels of the screen for one of the picture, at most. */
const MOST_ZOOM = 16;
/** From here on single pixels are told apart, not smoothed. */
const CRISP_ZOOM = 2;
/** Tiles fetched at one time: browsers open six connections to a site, and other calls need some too. */
const TILES_AT_ONCE = 4;

/** One picture in OpenSeadragon, with a view in pixels of the picture. */
export class OsdStage implements GroupMember {
  readonly #osd: Osd;
  readonly #viewer: Viewer;
  readonly #options: StageOptions;
  readonly #leave: () => void;
  #wanted: Viewport | undefined;
  #touched = false;
  #overlay: HTMLElement | undefined;

  constructor(osd: Osd, options: StageOptions) {
    this.#osd = osd;
    this.#options = options;
    const { element, source, zoom, group, animationSeconds } = options;
    this.#viewer = osd({
      element,
      tileSources: [tileSourceOf(osd, source, zoom)],
      tabIndex: -1,
      drawer: 'canvas',
      keyboardNavEnabled: false,
      showNavigationControl: false,
      animationTime: animationSeconds,
      springStiffness: 8,
      blendTime: 0,
      constrainDuringPan: true,
      visibilityRatio: 0.4,
      minZoomImageRatio: 0.7,
      maxZoomPixelRatio: MOST_ZOOM,
      zoomPerScroll: 1.25,
      imageLoaderLimit: TILES_AT_ONCE,
      maxImageCacheCount: 150,
      tileRetryMax: 2,
      tileRetryDelay: 800,
      gestureSettingsMouse: { clickToZoom: false, dblClickToZoom: true, flickEnabled: false },
      gestureSettingsTouch: { pinchRotate: false },
    });
    this.#viewer.addHandler('open', () => {
      this.#applyWanted();
      this.#settled();
    });
    this.#viewer.addHandler('after-resize', () => this.#settled());
    this.#viewer.addHandler('viewport-change', () => this.#moved());
    this.#viewer.addHandler('animation-finish', () => this.#rested());
    this.#viewer.addHandler('fully-loaded-change', ({ fullyLoaded }) => options.onDrawn(fullyLoaded));
    for (const touch of ['canvas-press', 'canvas-scroll', 'canvas-double-click', 'canvas-pinch'] as const) {
      this.#viewer.addHandler(touch, () => this.#touch());
    }
    this.#leave = group?.join(this) ?? (() => undefined);
  }

  /** What is seen now. */
  get viewport(): Viewport {
    return this.#view(true);
  }

  /** Size of the stage in CSS pixels. */
  get size(): Size {
    const { x, y } = this.#viewer.viewport.getContainerSize();
    return { width: x, height: y };
  }

  /** Shows a view, or the whole picture, without telling of it. */
  show(viewport: Viewport | undefined): void {
    this.#wanted = viewport;
    if (this.#viewer.isOpen()) this.#applyWanted();
  }

  follow(view: RelativeView): void {
    this.show(absoluteView(view, this.#options.zoom));
  }

  /** Moves by shares of the stage. */
  pan(right: number, down: number): void {
    this.#touch();
    const { viewport } = this.#viewer;
    const bounds = viewport.getBounds(false);
    viewport.panBy(new this.#osd.Point(right * bounds.width, down * bounds.height)).applyConstraints();
    this.#aimed();
  }

  zoomBy(factor: number): void {
    this.#touch();
    this.#viewer.viewport.zoomBy(factor).applyConstraints();
    this.#aimed();
  }

  /** Shows so many pixels of the screen for one of the picture, around the same middle. */
  zoomTo(zoom: number): void {
    this.#touch();
    const { viewport } = this.#viewer;
    viewport.zoomTo(this.#osdZoom(zoom)).applyConstraints();
    this.#aimed();
  }

  home(): void {
    this.#touch();
    this.#viewer.viewport.goHome();
    this.#aimed();
  }

  /** Lays an element over a region of the picture, moving with it; undefined takes it away. */
  cover(region: Region | undefined, element: HTMLElement | undefined): void {
    const place = (): void => {
      if (this.#overlay) this.#viewer.removeOverlay(this.#overlay);
      this.#overlay = element;
      if (!region || !element) return;
      const { width } = this.#options.zoom;
      const { x, y } = region;
      const rect = new this.#osd.Rect(x / width, y / width, region.width / width, region.height / width);
      this.#viewer.addOverlay(element, rect);
    };
    if (this.#viewer.isOpen()) place();
    else this.#viewer.addOnceHandler('open', place);
  }

  destroy(): void {
    this.#leave();
    this.#viewer.destroy();
  }

  #osdZoom(zoom: number): number {
    return (zoom * this.#options.zoom.width) / this.size.width;
  }

  #applyWanted(): void {
    const { viewport } = this.#viewer;
    this.#touched = false;
    if (this.#wanted === undefined) {
      viewport.goHome(true);
      return;
    }
    const { x, y, zoom } = this.#wanted;
    const { width } = this.#options.zoom;
    viewport.zoomTo(this.#osdZoom(zoom), undefined, true);
    viewport.panTo(new this.#osd.Point(x / width, y / width), true);
  }

  /** From here on the visitor moves this stage, and the others of the group follow it. */
  #touch(): void {
    this.#touched = true;
    this.#options.group?.lead(this);
  }

  /** What is seen now, or what the view moves to. */
  #view(now: boolean): Viewport {
    const { viewport } = this.#viewer;
    const center = viewport.getCenter(now);
    const { width } = this.#options.zoom;
    return { x: center.x * width, y: center.y * width, zoom: (viewport.getZoom(now) * this.size.width) / width };
  }

  #atHome(now: boolean): boolean {
    const { viewport } = this.#viewer;
    const home = viewport.getHomeBounds().getCenter();
    const center = viewport.getCenter(now);
    const near = (a: number, b: number): boolean => Math.abs(a - b) < 0.002;
    return near(viewport.getZoom(now) / viewport.getHomeZoom(), 1) && near(center.x, home.x) && near(center.y, home.y);
  }

  #aimed(): void {
    if (this.#touched) this.#options.onAim(this.#view(false), this.#atHome(false));
  }

  #moved(): void {
    const { viewport } = this;
    this.#viewer.drawer.setImageSmoothingEnabled(viewport.zoom < CRISP_ZOOM);
    if (this.#touched) this.#options.group?.moved(this, relativeView(viewport, this.#options.zoom));
    this.#options.onMove(viewport, this.#atHome(true));
    // By wheel, drag and pinch the aim itself moves.
    this.#aimed();
  }

  #rested(): void {
    if (this.#touched) this.#options.onRest(this.viewport, this.#atHome(true));
    this.#settled();
  }

  #settled(): void {
    this.#options.onSettled(this.viewport, this.size);
  }
}
