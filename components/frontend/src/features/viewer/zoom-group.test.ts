import { describe, expect, it } from 'vitest';
import { ZoomGroup, absoluteView, relativeView, type GroupMember, type RelativeView } from './zoom-group.ts';

/** A stage that answers every move it is told by telling of a move, as a real one does. */
class EchoingStage implements GroupMember {
  readonly seen: RelativeView[] = [];
  readonly #group: ZoomGroup;

  constructor(group: ZoomGroup) {
    this.#group = group;
  }

  follow(view: RelativeView): void {
    this.seen.push(view);
    this.#group.moved(this, { ...view, x: view.x + 0.001 });
  }
}

const view = { x: 0.5, y: 0.5, width: 300 };

describe('ZoomGroup', () => {
  it('has the others follow the one that was touched, and hears no echo', () => {
    const group = new ZoomGroup();
    const [one, other] = [new EchoingStage(group), new EchoingStage(group)];
    group.join(one);
    group.join(other);
    group.lead(one);
    group.moved(one, view);
    expect(other.seen).toEqual([view]);
    expect(one.seen).toEqual([]);
    group.lead(other);
    group.moved(other, view);
    expect(one.seen).toEqual([view]);
  });

  it('shows a late one where the others are, and forgets one that left', () => {
    const group = new ZoomGroup();
    const [one, late] = [new EchoingStage(group), new EchoingStage(group)];
    const leave = group.join(one);
    group.lead(one);
    group.moved(one, view);
    group.join(late);
    expect(late.seen).toEqual([view]);
    leave();
    group.lead(late);
    group.moved(late, view);
    expect(one.seen).toEqual([]);
  });
});

describe('views in shares', () => {
  it('show the same part of pictures of different sizes', () => {
    const shares = relativeView({ x: 100, y: 50, zoom: 2 }, { width: 400, height: 200 });
    expect(absoluteView(shares, { width: 800, height: 400 })).toEqual({ x: 200, y: 100, zoom: 1 });
  });
});
