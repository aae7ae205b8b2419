"""The report's style sheet: calm, dense, A4 when printed, both languages by pure CSS."""

from __future__ import annotations

CSS = """
:root{--ink:#1c2430;--soft:#5a6675;--line:#d9dee5;--pale:#f4f6f8;--accent:#0b5e7e;--mark:#ffe9a8;
--high:#a3261c;--medium:#8a5a00;--low:#4c5a68}
*{box-sizing:border-box}
body{margin:0;color:var(--ink);background:#fff;font:14px/1.45 system-ui,"Segoe UI",Roboto,
"Noto Sans",sans-serif}
main,header.top{max-width:1080px;margin:0 auto;padding:0 24px}
header.top{padding-top:28px}
h1{font-size:25px;line-height:1.2;margin:0 0 4px}
h2{font-size:18px;margin:34px 0 10px;padding-bottom:5px;border-bottom:2px solid var(--accent)}
h3{font-size:15px;margin:0 0 6px;line-height:1.3}
p{margin:0 0 8px}
a{color:var(--accent)}
.soft{color:var(--soft)}
.num{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
th.num{white-space:normal}.wide{overflow-x:auto}
.many th,.many td{padding:4px 5px;font-size:12px}
.lang{position:absolute;opacity:0}
.switch{float:right;font-size:13px}
.switch label{cursor:pointer;padding:3px 10px;border:1px solid var(--line)}
.switch label:first-child{border-radius:4px 0 0 4px}
.switch label:last-child{border-radius:0 4px 4px 0;border-left:0}
#lang-id:checked~* .en,#lang-en:checked~* .id{display:none}
#lang-id:checked~* label[for=lang-id],#lang-en:checked~* label[for=lang-en]{
background:var(--accent);color:#fff;border-color:var(--accent)}
#lang-id:focus-visible~* label[for=lang-id],#lang-en:focus-visible~* label[for=lang-en]{
outline:2px solid var(--ink);outline-offset:2px}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:10px;margin:16px 0}
.tile{background:var(--pale);border-left:3px solid var(--accent);padding:9px 12px}
.tile b{display:block;font-size:21px;line-height:1.2;font-variant-numeric:tabular-nums}
table{border-collapse:collapse;width:100%;font-size:13px}
th,td{text-align:left;padding:5px 8px;border-bottom:1px solid var(--line);vertical-align:top}
th{font-weight:600;color:var(--soft);background:var(--pale)}
.bar{display:block;height:9px;background:var(--accent);min-width:2px}
.bar.expected{background:#b9c3cd}
.finding{border:1px solid var(--line);border-left:4px solid var(--low);border-radius:4px;
padding:12px 14px;margin:0 0 14px;break-inside:avoid}
.finding.high{border-left-color:var(--high)}.finding.medium{border-left-color:#c98a1b}
.facts{display:flex;flex-wrap:wrap;gap:4px 14px;
font-size:12.5px;color:var(--soft);margin-bottom:6px}
.badge{display:inline-block;padding:1px 8px;border-radius:9px;font-size:12px;font-weight:600;
background:var(--accent);color:#fff}
.level{font-weight:600}.level.high{color:var(--high)}.level.medium{color:var(--medium)}
.level.low{color:var(--low)}
.reason{font-size:14.5px;margin:0 0 9px}
.answers{margin:0 0 9px}.answers td,.answers th{padding:3px 8px}
.answers th{width:17em;background:none;color:var(--ink)}
.answers .said{width:9em;font-weight:600}.answers .no,.answers .none{color:var(--soft)}
.answers .partly,.answers .unknown{color:var(--medium)}
.sides{display:grid;grid-template-columns:repeat(auto-fit,minmax(280px,1fr));gap:8px}
.side{background:var(--pale);padding:8px 10px;border-radius:3px;font-size:13px;min-width:0;
overflow-wrap:anywhere;break-inside:avoid}
.side .who{font-weight:600;font-size:12px;color:var(--accent)}
.side .title{margin:2px 0 4px}
.side dl{display:grid;grid-template-columns:auto 1fr;gap:0 8px;margin:0;font-size:12px}
.side dt{color:var(--soft)}.side dd{margin:0}
mark{background:var(--mark);color:inherit;padding:0 1px}
.options{margin:8px 0 0;padding:0;list-style:none;font-size:13px}
.options li{display:inline-block;border:1px solid var(--line);border-radius:3px;padding:2px 8px;
margin:0 6px 4px 0}
details summary{cursor:pointer;font-size:12.5px;color:var(--accent);margin:6px 0}
code{font:12px ui-monospace,Consolas,monospace}
footer{max-width:1080px;margin:34px auto;padding:12px 24px;color:var(--soft);font-size:12.5px;
border-top:1px solid var(--line)}
@media(max-width:640px){main,header.top{padding-left:14px;padding-right:14px}
.narrow th:last-child,.narrow td:last-child{display:none}
.answers,.answers tbody,.answers tr,.answers th,.answers td{display:block;border:0;width:auto;
padding:1px 0}.answers .said{width:auto;display:inline}}
@page{size:A4;margin:14mm}
@media print{body{font-size:10.5px}main,header.top,footer{max-width:none;padding:0}
.switch{display:none}
h2{font-size:14px;break-after:avoid}h1{font-size:19px}.finding{padding:8px 10px;margin-bottom:8px}
.reason{font-size:11px}.side,table,.options,.facts,.side dl{font-size:9.5px}a{color:inherit;
text-decoration:none}.tile b{font-size:15px}mark{border-bottom:1px solid #b88a00}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}}
"""
