import { createElement, type ReactElement, type SVGProps } from 'react';

interface IconData {
  /** The shapes: name of the element and its attributes, `key` among them. */
  readonly node: readonly (readonly [string, Record<string, string>])[];
}

export interface IconProps extends SVGProps<SVGSVGElement> {
  readonly size?: number | string;
}

/**
 * Takes the place of the function of that name in lucide-react (vite.config.ts says so): lucide's own puts names and
 * attributes together anew at each drawing of each icon, which was half of the time that a row of the list took.
 */
// biome-ignore lint/style/noDefaultExport: lucide's icons import it so
export default function createLucideIcon({ node }: IconData) {
  let shapes: ReactElement[] | undefined;
  return ({ size = 24, ...rest }: IconProps) => {
    // The same elements for every drawing: React sees at once that they are what they were.
    shapes ??= node.map(([name, attributes]) => createElement(name, attributes));
    return createElement('svg', { ...kLook, width: size, height: size, ...rest }, shapes);
  };
}

const kLook = {
  xmlns: 'http://www.w3.org/2000/svg',
  viewBox: '0 0 24 24',
  fill: 'none',
  stroke: 'currentColor',
  strokeWidth: 2,
  strokeLinecap: 'round',
  strokeLinejoin: 'round',
} as const;
