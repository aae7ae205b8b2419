// People in the hall as the server tells of them.
export const FLAG = { speaking: 1, hand: 2, seated: 4, stage: 8, away: 16, moving: 32, jumped: 64 } as const;
export interface Person { id: number; user: number; agency: number | null; short: string; label: string }
export interface Seen { id: number; x: number; z: number; yaw: number; flags: number }
