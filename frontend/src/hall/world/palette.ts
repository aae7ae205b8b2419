// The hall's colours. Kinds of findings have a mark beside their colour: nothing is told by colour alone.
export const PAINT = {
  stone: 0xd9cfbd, stoneDark: 0xb5a78f, teal: 0x17607f, tealDark: 0x0f465d, tealPale: 0x7fb4c6,
  wood: 0x9c6b40, woodDark: 0x6f4a2c, woodPale: 0xc79765, thatch: 0x7a5739, gold: 0xe0a83e,
  cream: 0xf6efe0, white: 0xfbfaf6, red: 0xb8322a, leaf: 0x4f8f43, leafDark: 0x2f6a35, sand: 0xe8d6aa,
  grass: 0x86a75c, sail: 0xfaf3e2, ink: 0x1c2a31, relief: 0xf1e7d2, reliefDark: 0xc9a66b, lagoon: 0x2a8fa6,
} as const;

/** Colours of agencies by the first digit of their code (its affairs), then by kind. */
const GROUPS: Record<string, number> = {
  "1": 0x17607f, "2": 0xc2672d, "3": 0x5c8a3a, "4": 0x7a5ea8, "5": 0x9a3c56, "7": 0x2f8f83, "8": 0x8a7a2c,
};
const KINDS: Record<string, number> = { company: 0xd19a2a, outside: 0x5d6b75, kecamatan: 0x2f8f83 };

export function groupColour(agency: { group: string; kind: string } | undefined): number {
  if (!agency) return 0x7b8a92;
  return KINDS[agency.kind] ?? GROUPS[agency.group] ?? 0x5d6b75;
}

/** Colour and mark of each kind of finding. */
export const KIND: Record<string, { colour: number; mark: string }> = {
  clash: { colour: 0xd0222f, mark: "✕" }, duplicate: { colour: 0xc2672d, mark: "=" },
  overlap: { colour: 0xd99a2b, mark: "≈" }, fragmentation: { colour: 0x7a5ea8, mark: "⋮" },
  opportunity: { colour: 0x2f8f4e, mark: "+" }, order: { colour: 0x3d55b5, mark: "↕" },
  gap: { colour: 0x5d7480, mark: "○" }, mismatch: { colour: 0x9a7b12, mark: "≠" },
  warning: { colour: 0xd28a0c, mark: "!" }, unclear: { colour: 0x6c7a83, mark: "?" },
};

export function css(colour: number): string {
  return `#${colour.toString(16).padStart(6, "0")}`;
}
