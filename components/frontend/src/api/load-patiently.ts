/** Bounds of the wait before code is asked for again, in milliseconds. */
const FIRST_WAIT = 1000;
const LONGEST_WAIT = 8000;

export interface Network {
  /** Whether the server can be reached. */
  readonly answers: () => Promise<boolean>;
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Asks again for styles that did not arrive, and rejects where one does not: who brings code asks for them only once. */
  readonly refetchStyles: () => Promise<void>;
}

const lost = new Set<HTMLLinkElement>();
const noteLost = ({ target }: Event): void => {
  if (target instanceof HTMLLinkElement && target.rel === 'stylesheet') lost.add(target);
};
if (typeof document !== 'undefined') document.addEventListener('error', noteLost, true);

const network: Network = {
  answers: () =>
    fetch('/healthz', { cache: 'no-store' }).then(
      () => true,
      () => false,
    ),
  wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  refetchStyles: async () => {
    await Promise.all([...lost].map(refetch));
  },
};

/**
 * Fetches a part of the page. While the server can not be reached it goes on trying: what is on the page stays there.
 *
 * @throws what `load` throws where the server answers: after an update an old tab asks for files that are gone.
 */
export async function loadPatiently<Part>(load: () => Promise<Part>, { answers, wait, refetchStyles } = network) {
  let wasThere = false;
  for (let pause = FIRST_WAIT; ; pause = Math.min(LONGEST_WAIT, pause * 2)) {
    try {
      await refetchStyles();
      return await load();
    } catch (error) {
      const isThere = await answers();
      // It may have come back just now.
      if (isThere && wasThere) throw error;
      wasThere = isThere;
      if (!isThere) await wait(pause);
    }
  }
}

function refetch(link: HTMLLinkElement): Promise<void> {
  lost.delete(link);
  const again = link.cloneNode() as HTMLLinkElement;
  return new Promise((resolve, reject) => {
    again.addEventListener('load', () => resolve(), { once: true });
    again.addEventListener('error', () => reject(new Error(`${link.href} did not arrive.`)), { once: true });
    if (link.isConnected) link.replaceWith(again);
    else document.head.append(again);
  });
}
