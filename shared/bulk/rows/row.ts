import type { DeviceCreate } from '../../contract/generated/types.ts';

/** Users that a row may link the device to. */
export const links = ['registeredUser', 'registeredOwner'] as const;

/** One row as it will be registered. */
export interface Row {
  /** From 1, of the rows with data, in the order of the manifest. */
  row: number;
  device: DeviceCreate;
  /** Object id or user principal name, in lower case; so is `registeredOwner`. */
  registeredUser?: string;
  registeredOwner?: string;
}

/** One thing that is wrong with a row. */
export interface RowProblem {
  row: number;
  /** From 1. */
  line: number;
  /** The heading as the file writes it, or, of broken JSON, the place in the line, from 1. */
  column?: number | string;
  code: string;
  /** The property, such as `alternativeSecurityIds[0].key`. */
  target?: string;
  message: string;
}

/** A right row, or all that is wrong with it. */
export type ReadRow =
  | { row: number; line: number; value: Row }
  | { row: number; line: number; deviceId?: string; problems: readonly RowProblem[] };

/** What is made up where a row does not give it. */
export interface Generate {
  deviceId: boolean;
  key: boolean;
}

/** A row as the manifest has it, before it is judged. */
export interface RawRow {
  line: number;
  /** An object with the properties of a device, `registeredUser` and `registeredOwner`; in JSON it may be anything. */
  value: unknown;
  /** What is wrong already; the properties that it names are not judged again. */
  problems: readonly Omit<RowProblem, 'row'>[];
  /** Heading of the column from which a property came. */
  headingOf?(property: string): string | undefined;
}
