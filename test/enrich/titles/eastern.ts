/** See germanic.ts. */
export const EASTERN: Readonly<Record<string, string>> = {
  Polish: `
    Prezes                                           | c_level    | general_management
    Członek Zarządu                                  | c_level    | general_management
    Członek zarządu ds. finansowych                  | c_level    | finance
    Dyrektor Generalny                               | c_level    | general_management
    Dyrektor Zarządzająca                            | c_level    | general_management
    Wiceprezeska Zarządu                             | vp         | -
    Asystentka Prezesa                               | specialist | -
    Asystent Dyrektora ds. Sprzedaży                 | specialist | sales
    z-ca dyrektora                                   | -          | -
    Zastępca kierownika działu IT                    | -          | it
    Wicedyrektor                                     | -          | -
    p.o. dyrektora                                   | -          | -
    Dyrektor ds. Marketingu i Komunikacji            | director   | marketing
    Dyrektorka HR                                    | director   | hr
    Dyrektor Finansowy                               | director   | finance
    Dyrektor Techniczny                              | director   | engineering
    Dyrektor Handlowy                                | director   | sales
    Dyrektor zakładu produkcyjnego                   | director   | operations
    Kierownik Działu Zakupów                         | head       | procurement
    Kierownik działu obsługi klienta                 | head       | support
    Kierowniczka kadr i płac                         | head       | hr
    Szef sprzedaży                                   | head       | sales
    Szefowa marketingu                               | head       | marketing
    Główna księgowa                                  | head       | finance
    Kierownik zespołu programistów                   | lead       | engineering
    Brygadzista                                      | lead       | -
    Kierownik produktu                               | manager    | product
    Menedżerka ds. kluczowych klientów               | manager    | sales
    Specjalistka ds. rekrutacji                      | specialist | hr
    Starszy specjalista ds. logistyki                | senior     | operations
    Młodsza księgowa                                 | junior     | finance
    Przedstawiciel handlowy                          | specialist | sales
    Handlowiec                                       | specialist | sales
    Radca prawny                                     | specialist | legal
    Administrator sieci                              | specialist | it
    Kupiec                                           | specialist | procurement
    Praktykantka                                     | intern     | -
    Studentka                                        | -          | -
    Właścicielka firmy                               | owner      | general_management
    Współwłaściciel                                  | owner      | general_management
    Pełnomocnik zarządu                              | -          | -
    Nauczycielka                                     | specialist | education
  `,
  Bulgarian: `
    Изп. директор                                    | c_level    | general_management
    Главен изпълнителен директор                     | c_level    | general_management
    Управляващ директор                              | c_level    | general_management
    Управителка                                      | c_level    | general_management
    Председател на УС                                | c_level    | general_management
    Член на управителния съвет                       | c_level    | general_management
    Асистент на изпълнителния директор               | specialist | -
    Технически сътрудник                             | specialist | -
    Секретарка                                       | specialist | -
    зам.-директор                                    | -          | -
    Зам. управител                                   | -          | -
    Заместник-началник отдел „Продажби“              | -          | sales
    Директор „Човешки ресурси“                       | director   | hr
    Финансов директор                                | director   | finance
    Директор продажби и маркетинг                    | director   | sales
    Технически директор                              | director   | engineering
    Директор производство                            | director   | operations
    Началник отдел „Доставки“                        | head       | procurement
    Началник склад                                   | head       | operations
    Началник-отдел ИТ                                | head       | it
    Ръководителка на екип „Поддръжка“                | lead       | support
    Ръководител отдел продажби                       | head       | sales
    Главна счетоводителка                            | head       | finance
    Гл. счетоводител                                 | head       | finance
    Тийм лидер                                       | lead       | -
    Продуктов мениджър                               | manager    | product
    Мениджърка „Ключови клиенти“                     | manager    | sales
    Експерт маркетинг и реклама                      | specialist | marketing
    Старши експерт                                   | senior     | -
    Младши програмист                                | junior     | engineering
    Търговски представител                           | specialist | sales
    Софтуерен инженер                                | specialist | engineering
    Системен администратор                           | specialist | it
    Юрисконсулт                                      | specialist | legal
    Специалист подбор на персонал                    | specialist | hr
    Специалист „Обслужване на клиенти“               | specialist | support
    Стажантка                                        | intern     | -
    Студентка                                        | -          | -
    Собственичка                                     | owner      | general_management
    Съосновател                                      | owner      | general_management
    Едноличен търговец                               | owner      | general_management
    Учителка                                         | specialist | education
    Пенсионер                                        | -          | -
  `,
  Russian: `
    Гендиректор                                      | c_level    | general_management
    Ген. директор                                    | c_level    | general_management
    Генеральный директор, учредитель                 | c_level    | general_management
    Исполнительный директор                          | c_level    | general_management
    Председатель правления                           | c_level    | general_management
    Помощник генерального директора                  | specialist | -
    Секретарь руководителя                           | specialist | -
    Зам. генерального директора по продажам          | -          | sales
    зам.-директор                                    | -          | -
    И.о. директора                                   | -          | -
    Вице-президент по маркетингу                     | vp         | marketing
    Финансовый директор                              | director   | finance
    Директор по персоналу                            | director   | hr
    HR-директор                                      | director   | hr
    ИТ-директор                                      | director   | it
    Технический директор                             | director   | engineering
    Директор по производству                         | director   | operations
    Директор по продажам и маркетингу                | director   | sales
    Начальник отдела закупок                         | head       | procurement
    Начальник юридического отдела                    | head       | legal
    Начальница отдела кадров                         | head       | hr
    Начальник склада                                 | head       | operations
    Руководитель службы поддержки                    | head       | support
    Руководитель группы разработки                   | lead       | engineering
    Главный бухгалтер                                | head       | finance
    Гл. бухгалтер                                    | head       | finance
    Менеджер по рекламе                              | manager    | marketing
    Менеджер проектов                                | manager    | -
    Продакт-менеджер                                 | manager    | product
    Ведущий инженер                                  | senior     | engineering
    Старший юрист                                    | senior     | legal
    Младший аналитик                                 | junior     | -
    Специалист по закупкам                           | specialist | procurement
    Торговый представитель                           | specialist | sales
    Программист                                      | specialist | engineering
    Сисадмин                                         | specialist | it
    Практикант                                       | intern     | -
    Студент                                          | -          | -
    Владелец бизнеса                                 | owner      | general_management
    ИП                                               | owner      | general_management
    Преподаватель                                    | specialist | education
  `,
  Hebrew: `
    מנכ"לית                                          | c_level    | general_management
    מנכ"ל ומייסד                                     | c_level    | general_management
    מנהל כללי                                        | c_level    | general_management
    יו"ר                                             | c_level    | general_management
    סמנכ"ל                                           | vp         | -
    סמנכ״ל כספים                                     | vp         | finance
    סמנכ"לית משאבי אנוש                              | vp         | hr
    סמנכ"ל פיתוח עסקי                                | vp         | sales
    סמנכ"ל תפעול ולוגיסטיקה                          | vp         | operations
    סגן מנהל                                         | -          | -
    סגנית מנהלת מחלקה                                | -          | -
    מזכירת המנכ"ל                                    | specialist | -
    עוזר אישי למנהל                                  | specialist | -
    אסיסטנטית                                        | specialist | -
    מנהל מחלקת רכש                                   | head       | procurement
    מנהלת אגף מערכות מידע                            | head       | it
    ראש מחלקת הנדסה                                  | head       | engineering
    ראש תחום מכירות                                  | head       | sales
    מנהל הרכש                                        | head       | procurement
    ראש צוות תמיכה                                   | lead       | support
    מנהל מוצר                                        | manager    | product
    מנהלת פרויקטים                                   | manager    | -
    מנהל תיקי לקוחות                                 | manager    | sales
    מנהל שיווק ומכירות                               | manager    | marketing
    מנהל                                             | manager    | -
    מנהלת חשבונות                                    | specialist | finance
    רואה חשבון                                       | specialist | finance
    מפתחת תוכנה                                      | specialist | engineering
    מהנדס בכיר                                       | senior     | engineering
    מתכנתת                                           | specialist | engineering
    נציג מכירות                                      | specialist | sales
    נציגת שירות לקוחות                               | specialist | support
    יועץ משפטי                                       | specialist | legal
    עו"ד                                             | specialist | legal
    רכזת גיוס                                        | specialist | hr
    איש IT                                           | specialist | it
    אנליסט                                           | specialist | -
    מפתח ג'וניור                                     | junior     | engineering
    סטודנטית                                         | -          | -
    בעלת העסק                                        | owner      | general_management
    מייסדת שותפה                                     | owner      | general_management
    עצמאי                                            | owner      | general_management
    מתמחה                                            | intern     | -
  `,
}
