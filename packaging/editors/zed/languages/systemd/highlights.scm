(comment) @comment
(section_name) @type
(setting_name) @property
(setting_value) @string
