/** How a report is written. */
export type ReportFormat = 'csv' | 'jsonLines';

const formats: Readonly<Record<string, ReportFormat>> = {
  'text/csv': 'csv',
  'text/*': 'csv',
  'application/x-ndjson': 'jsonLines',
  'application/*': 'jsonLines',
  '*/*': 'jsonLines',
};

/** The format that a header `Accept` likes best; JSON Lines where it does not say. */
export function reportFormatOf(accept: string | null): ReportFormat {
  const liked = { csv: 0, jsonLines: 0 };
  for (const range of (accept ?? '').toLowerCase().split(',')) {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim());
    const format = Object.hasOwn(formats, type) ? formats[type] : undefined;
    if (format) liked[format] = Math.max(liked[format], qualityOf(parameters));
  }
  return liked.csv > liked.jsonLines ? 'csv' : 'jsonLines';
}

/** From 0 to 1; 1 where it is not given or no number. */
function qualityOf(parameters: readonly string[]): number {
  const quality = Number(parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? 1);
  return Number.isNaN(quality) ? 1 : quality;
}
