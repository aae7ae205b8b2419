// htmx alone: what pages gain when scripts run (they work without).
import "htmx.org";
