// Marks that are drawn because not every computer has them among its letters.

/** A raised hand in a square of `size` pixels. */
export function raisedHand(pen: CanvasRenderingContext2D, x: number, y: number, size: number): void {
  pen.save();
  pen.translate(x, y);
  pen.scale(size / 24, size / 24);
  pen.beginPath();
  pen.arc(12, 12, 12, 0, Math.PI * 2);
  pen.fillStyle = "#f0a020";
  pen.fill();
  pen.fillStyle = "#1c2a31";
  pen.beginPath();
  pen.roundRect(7.5, 10, 9.5, 9, 3.5);
  for (const [fx, fy] of [[7.5, 5.5], [10, 4], [12.5, 4], [15, 5.5]] as const) pen.roundRect(fx, fy, 1.9, 9, 1);
  pen.roundRect(4.800, 10.500, 2, 5, 1);
  pen.fill();
  pen.restore();
}
