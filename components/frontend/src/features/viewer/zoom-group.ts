import { useState } from 'react';
import type { Viewport } from './viewport.ts';

/** A view in shares of its picture, so that pictures of different sizes can be looked at in step. */
export interface RelativeView {
  readonly x: number;
  readonly y: number;
  /** Pixels of the screen for the whole width of the picture. */
  readonly width: number;
}

/** A stage that moves together with others. */
export interface GroupMember {
  /** Shows a view at once, without telling the group. */
  follow(view: RelativeView): void;
}

export function relativeView({ x, y, zoom }: Viewport, picture: { width: number; height: number }): RelativeView {
  return { x: x / picture.width, y: y / picture.height, width: zoom * picture.width };
}

export function absoluteView({ x, y, width }: RelativeView, picture: { width: number; height: number }): Viewport {
  return { x: x * picture.width, y: y * picture.height, zoom: width / picture.width };
}

/**
 * Keeps stages in step. One of them leads, the one that was touched last; what the others say is only the echo of it and
 * is not passed on, so that no view is sent to and fro.
 */
export class ZoomGroup {
  readonly #members = new Set<GroupMember>();
  #leader: GroupMember | undefined;
  #view: RelativeView | undefined;

  /** Adds a stage, shows it where the others are, and gives the way to leave. */
  join(member: GroupMember): () => void {
    this.#members.add(member);
    if (this.#view) member.follow(this.#view);
    return () => {
      this.#members.delete(member);
      if (this.#leader === member) this.#leader = undefined;
    };
  }

  /** The visitor took hold of this stage. */
  lead(member: GroupMember): void {
    this.#leader = member;
  }

  /** Tells whether what a stage says of itself is news. */
  leads(member: GroupMember): boolean {
    return this.#leader === undefined || this.#leader === member;
  }

  /** A stage moved: the others follow if it leads. */
  moved(member: GroupMember, view: RelativeView): void {
    if (!this.leads(member)) return;
    this.#view = view;
    for (const other of this.#members) if (other !== member) other.follow(view);
  }
}

/** A group for as long as the component lives. */
export function useZoomGroup(): ZoomGroup {
  return useState(() => new ZoomGroup())[0];
}
