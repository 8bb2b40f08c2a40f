import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { devices, type Browser, type Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FileServer } from '../../../components/master/src/testing/file-server.ts';
import type { KnownHosts } from '../../cluster/known-hosts.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../../services/temporary-folder.ts';
import type { Site } from '../site.contract.ts';
import { launchBrowser, visit, type Visit } from './browser.ts';
import { chooseFiles } from './site.ts';
import { allReady, prepareDrop, refusals, trayRow } from './tray.ts';

const photo = (name: string): string => fileURLToPath(new URL(`../../../fixtures/photos/${name}`, import.meta.url));

/** One name leads to this machine; all else is reached as on the internet. */
const PICTURES = 'pictures.example';
const hosts: KnownHosts = { [PICTURES]: '127.0.0.1' };

/** Every way in which an image comes to the tray besides the button for files and files that are dropped. */
export function waysInContract(
  name: string,
  startSite: (settings: Readonly<Record<string, string>>, hosts: KnownHosts) => Promise<Site>,
): void {
  describe(`ways in (${name})`, () => {
    let site: Site;
    let browser: Browser;
    let pictures: FileServer;
    let folder: TemporaryFolder;
    let visitor: Visit;
    let page: Page;

    beforeAll(async () => {
      const file = await readFile(photo('chelsea.png'));
      pictures = await FileServer.start((request, response) => {
        const known = request.url === '/cats/chelsea.png';
        response.writeHead(known ? 200 : 404, { 'content-type': 'image/png' }).end(known ? file : '');
      });
      [site, browser, folder] = await Promise.all([
        startSite({ FETCH_PORTS: `80,443,${String(pictures.port)}` }, hosts),
        launchBrowser(),
        createTemporaryFolder('ways-in'),
      ]);
    });
    afterAll(async () => {
      await browser.close();
      await Promise.all([site.stop(), pictures.close(), folder.remove()]);
    });
    beforeEach(async () => {
      visitor = await visit(browser);
      ({ page } = visitor);
      await open(page, site.url);
    });
    afterEach(async () => {
      await visitor.context.close();
      expect(visitor.complaints).toEqual([]);
    });

    it('fetches by address, and says why it does not', async () => {
      const fetchFrom = async (address: string): Promise<void> => {
        await page.getByRole('textbox', { name: 'Address of an image' }).fill(address);
        await page.getByRole('button', { name: 'Fetch' }).click();
      };
      await page.getByRole('textbox', { name: 'Address of an image' }).fill('not an address');
      await page.getByRole('button', { name: 'Fetch' }).click();
      await page.getByRole('alert').waitFor();

      // A private address by itself, and one behind a public name.
      for (const address of ['http://192.168.1.1/router.png', 'http://inside.example/secret.png']) {
        await fetchFrom(address);
        await refusals(page).getByText('This site does not fetch from that address.').waitFor();
        expect(await refusals(page).innerText()).toContain('Download the image yourself, and drop the file here.');
        await page.reload();
        await refusals(page).getByRole('button', { name: 'Clear these' }).click();
        await refusals(page).waitFor({ state: 'detached' });
      }
      expect(pictures.requests).toHaveLength(0);

      await fetchFrom(`http://${PICTURES}:${String(pictures.port)}/cats/chelsea.png`);
      await allReady(page, 1);
      expect(await trayRow(page, 'chelsea.png').innerText()).toContain('451 × 300');
      // This browser never had the file: its picture is the server's.
      await expectPicture(page, 'chelsea.png');
    });

    it('takes pasted images', async () => {
      await prepareDrop(page, [{ count: 1, name: 'image.png', content: await readFile(photo('chelsea.png')) }]);
      await page.evaluate(`document.body.dispatchEvent(
        new ClipboardEvent('paste', { bubbles: true, clipboardData: globalThis.__drop }))`);
      await allReady(page, 1);
      await expectPicture(page, 'image.png');
    });

    it('takes a photo where the screen is touched', async () => {
      expect(await page.getByRole('button', { name: 'Take a photo' }).count()).toBe(0);
      const phone = await visit(browser, { ...devices['Pixel 7'] });
      await open(phone.page, site.url);
      const choosing = phone.page.waitForEvent('filechooser');
      await phone.page.getByRole('button', { name: 'Take a photo' }).tap();
      const chooser = await choosing;
      expect(await chooser.element().getAttribute('capture')).toBe('environment');
      expect(await chooser.element().getAttribute('accept')).toBe('image/*');
      await chooser.setFiles(photo('rocket.jpg'));
      await allReady(phone.page, 1);
      await phone.context.close();
    });

    it('takes dropped folders with what lies in them, and leaves hidden files out', async () => {
      const trip = join(folder.path, 'trip');
      await mkdir(join(trip, 'day 1'), { recursive: true });
      const [rocket, chelsea] = await Promise.all([readFile(photo('rocket.jpg')), readFile(photo('chelsea.png'))]);
      await Promise.all([
        writeFile(join(trip, 'start.jpg'), rocket),
        writeFile(join(trip, 'day 1', 'cat.png'), chelsea),
        writeFile(join(trip, '.hidden.png'), chelsea),
        writeFile(join(folder.path, 'beside.jpg'), rocket),
      ]);
      await dropPaths(page, [trip, join(folder.path, 'beside.jpg')]);
      await allReady(page, 3);
      expect(await trayRow(page, 'start.jpg').innerText()).toContain('trip');
      expect(await trayRow(page, 'cat.png').innerText()).toContain('trip/day 1');
      expect(await trayRow(page, 'beside.jpg').innerText()).not.toContain('trip');
    });

    it('shows the server’s picture of what this browser can not draw', async () => {
      const tiff = await sharp(photo('coffee.png')).tiff({ compression: 'lzw' }).toBuffer();
      await chooseFiles(page, [{ name: 'coffee.tif', bytes: tiff }]);
      await allReady(page, 1);
      await expectPicture(page, 'coffee.tif');
      await page.reload();
      await expectPicture(page, 'coffee.tif');
    });
  });
}

async function open(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.getByRole('button', { name: 'Choose images' }).waitFor();
}

/** Drops files and folders of the disk as a file manager does. */
async function dropPaths(page: Page, files: readonly string[]): Promise<void> {
  const client = await page.context().newCDPSession(page);
  const data = { items: [], files: [...files], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await client.send('Input.dispatchDragEvent', { type, x: 400, y: 300, data });
  }
}

/** Waits until the row of a file shows a picture that was decoded. */
async function expectPicture(page: Page, name: string): Promise<void> {
  await expect.poll(() => trayRow(page, name).locator('img').evaluateAll(areDecoded), { timeout: 30_000 }).toBe(true);
}

function areDecoded(images: readonly unknown[]): boolean {
  const all = images as readonly { readonly complete: boolean; readonly naturalWidth: number }[];
  return all.length > 0 && all.every(({ complete, naturalWidth }) => complete && naturalWidth > 0);
}
