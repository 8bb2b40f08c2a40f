import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { SITE_QUERY } from '../../api/site.ts';
import { useFormats } from '../../format/use-formats.ts';
import type { UploadError } from './upload-item.ts';

/** Refusals that have words of their own: what is wrong, and what can be done. */
const KNOWN = [
  'UNSUPPORTED_FORMAT',
  'UNSUPPORTED_RASTER',
  'CORRUPT_RASTER',
  'CORRUPT_IMAGE',
  'TRUNCATED_IMAGE',
  'FILE_TOO_LARGE',
  'TOO_MANY_PIXELS',
  'INTERLACED_TOO_LARGE',
  'TOO_MANY_FRAMES',
  'TOO_MANY_SCANS',
  'TOO_MANY_CHANNELS',
  'QUOTA_EXCEEDED',
  'URL_REFUSED',
  'URL_UNREACHABLE',
] as const;

const isKnown = (code: string): code is (typeof KNOWN)[number] => (KNOWN as readonly string[]).includes(code);

/** Explains a refusal in the visitor's language, with the limits of this site. */
export function useRefusalWords() {
  const words = useTranslations('upload');
  const problems = useTranslations('problem.what');
  const formats = useFormats();
  const { data: site } = useQuery(SITE_QUERY);

  return (code: UploadError['code']): { readonly what: string; readonly next: string } => {
    if (!isKnown(code)) return { what: problems(code), next: words('why.other') };
    const values = {
      bytes: formats.bytes(site?.limits.fileBytes ?? 0),
      pixels: formats.count(Math.round((site?.limits.pixels ?? 0) / 1e6)),
      progressivePixels: formats.count(Math.round((site?.limits.progressivePixels ?? 0) / 1e6)),
    };
    return { what: words(`why.${code}.what`, values), next: words(`why.${code}.next`, values) };
  };
}
