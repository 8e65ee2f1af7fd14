// What a page does: the ground it stands on, tables that sort, figures that tell, texts that are copied.

enum PageScript {
    /// The script of a page. It asks nothing of anybody, and a page without it is whole.
    static let text = #"""
        (function () {
          'use strict';
          var root = document.documentElement;
          function all(where, what) { return Array.prototype.slice.call(where.querySelectorAll(what)); }
          function button(text, act) {
            var made = document.createElement('button');
            made.type = 'button';
            made.textContent = text;
            made.addEventListener('click', act);
            return made;
          }

          // Light or dark: the reader's system says, unless the reader does.
          var theme = document.getElementById('theme');
          var system = window.matchMedia('(prefers-color-scheme: dark)');
          function isDark() { return root.dataset.theme ? root.dataset.theme === 'dark' : system.matches; }
          function named() {
            theme.textContent = isDark() ? 'Light' : 'Dark';
            theme.setAttribute('aria-label', (isDark() ? 'Light' : 'Dark') + ' ground');
          }
          theme.hidden = false;
          theme.addEventListener('click', function () {
            root.dataset.theme = isDark() ? 'light' : 'dark';
            named();
          });
          if (system.addEventListener) { system.addEventListener('change', named); }
          named();

          // Tables: by a click up, by another down, by a third as they were.
          var units = { k: 1e3, M: 1e6, B: 1e9, T: 1e12, Q: 1e15 };
          function key(text) {
            if (text === 'inside') { return 1; }
            var found = /^[\u00d7<>~[(\s]*([-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?)([kMBTQ](?![A-Za-z]))?/.exec(
              text.replace(/\u2212/g, '-'));
            return found ? Number(found[1]) * (units[found[2]] || 1) : null;
          }
          function compare(a, b) {
            var x = key(a), y = key(b);
            if (x !== null && y !== null) { return x - y; }
            if (x !== null || y !== null) { return x !== null ? -1 : 1; }
            return a < b ? -1 : a > b ? 1 : 0;
          }
          all(document, 'table.sorts').forEach(function (table) {
            var body = table.tBodies[0], original = all(body, 'tr');
            all(table.tHead, 'th').forEach(function (head) {
              var title = head.textContent;
              head.textContent = '';
              head.setAttribute('aria-sort', 'none');
              head.appendChild(button(title, function () {
                var before = head.getAttribute('aria-sort');
                var now = before === 'none' ? 'ascending' : before === 'ascending' ? 'descending' : 'none';
                all(table.tHead, 'th').forEach(function (other) { other.setAttribute('aria-sort', 'none'); });
                head.setAttribute('aria-sort', now);
                var rows = original.slice(), column = head.cellIndex;
                function text(row) { return row.cells[column].textContent.trim(); }
                function isEmpty(row) { return text(row) === '' || text(row) === '-'; }
                if (now !== 'none') {
                  rows.sort(function (a, b) {
                    if (isEmpty(a) || isEmpty(b)) { return isEmpty(a) - isEmpty(b); }
                    return compare(text(a), text(b)) * (now === 'ascending' ? 1 : -1);
                  });
                }
                rows.forEach(function (row) { body.appendChild(row); });
              }));
            });
          });

          // Figures: a switch between views, and what is under the pointer or under the arrow keys.
          var tip = document.getElementById('tip'), told = document.getElementById('told'), lit = null;
          function hide() {
            tip.hidden = true;
            if (lit) { lit.classList.remove('on'); lit = null; }
          }
          function show(mark, text) {
            if (lit !== mark) {
              hide();
              lit = mark;
              mark.classList.add('on');
              tip.textContent = text;
              tip.hidden = false;
            }
            var box = mark.getBoundingClientRect(), size = tip.getBoundingClientRect();
            var left = box.left + box.width / 2 - size.width / 2, top = box.top - size.height - 8;
            if (top < 4) { top = box.bottom + 8; }
            tip.style.left = Math.max(4, Math.min(left, root.clientWidth - size.width - 4)) + 'px';
            tip.style.top = top + 'px';
          }
          function middle(mark) {
            var box = mark.getBoundingClientRect();
            return { x: box.left + box.width / 2, y: box.top + box.height / 2, mark: mark };
          }
          all(document, '.plate').forEach(function (plate) {
            var views = all(plate, '.view');
            if (views.length > 1) {
              var bar = document.createElement('div');
              bar.className = 'views';
              bar.setAttribute('role', 'group');
              bar.setAttribute('aria-label', 'Axes');
              views.forEach(function (view) {
                var made = button(view.dataset.label, function () {
                  hide();
                  views.forEach(function (other) { other.hidden = other !== view; });
                  all(bar, 'button').forEach(function (other) { other.setAttribute('aria-pressed', other === made); });
                });
                made.setAttribute('aria-pressed', !view.hidden);
                bar.appendChild(made);
              });
              plate.insertBefore(bar, plate.firstChild);
            }
            var data = plate.querySelector('script');
            var texts = data ? JSON.parse(data.textContent) : [];
            all(plate, '.view > svg').forEach(function (svg) {
              var marks = [], at = -1;
              all(svg, '[data-i]').forEach(function (group) {
                all(group, '*').forEach(function (mark, place) {
                  mark.told = texts[Number(group.dataset.i) + place];
                  marks.push(mark);
                });
              });
              if (!marks.length) { svg.removeAttribute('tabindex'); return; }
              svg.addEventListener('pointermove', function (event) {
                var best = null, least = 20 * 20;
                marks.map(middle).forEach(function (place) {
                  var x = place.x - event.clientX, y = place.y - event.clientY, far = x * x + y * y;
                  if (far < least) { least = far; best = place.mark; }
                });
                if (best) { show(best, best.told); } else { hide(); }
              });
              svg.addEventListener('pointerleave', hide);
              svg.addEventListener('blur', hide);
              svg.addEventListener('keydown', function (event) {
                var step = { ArrowRight: 1, ArrowLeft: -1, Escape: 0 }[event.key];
                if (step === undefined) { return; }
                event.preventDefault();
                if (step === 0) { hide(); return; }
                var order = marks.map(middle).sort(function (a, b) { return a.x - b.x || b.y - a.y; });
                at = Math.max(0, Math.min(order.length - 1, at + step));
                var mark = order[at].mark;
                show(mark, mark.told);
                told.textContent = mark.told;
              });
            });
          });

          // Texts that are taken along.
          all(document, '.copy').forEach(function (part) {
            var text = part.innerText.trim();
            var made = button('Copy', function () {
              function done() {
                made.textContent = 'Copied';
                setTimeout(function () { made.textContent = 'Copy'; }, 1500);
              }
              function byHand() {
                var area = document.createElement('textarea');
                area.value = text;
                document.body.appendChild(area);
                area.select();
                document.execCommand('copy');
                area.remove();
                done();
              }
              if (navigator.clipboard) { navigator.clipboard.writeText(text).then(done, byHand); } else { byHand(); }
            });
            made.className = 'copied';
            made.setAttribute('aria-label', 'Copy this text');
            part.insertBefore(made, part.firstChild);
          });
        })();

        """#
}
