-- The CREATE TABLE texts of the design's founding data model, without the comments that show the JSON.

CREATE TABLE design_systems (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  project_id UUID REFERENCES projects(id) ON DELETE CASCADE,
  generation_method VARCHAR(50), -- prescribed|emergent|hybrid
  
  -- Design tokens stored as JSONB
  tokens JSONB DEFAULT '{}',
  
  -- Component patterns detected
  component_patterns JSONB DEFAULT '{}',
  
  -- Confidence and confirmations
  confidence_scores JSONB DEFAULT '{}',
  user_confirmations JSONB DEFAULT '{}',
  
  created_at TIMESTAMP WITH TIME ZONE DEFAULT NOW(),
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT NOW()
);

CREATE TABLE pages (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  project_id UUID REFERENCES projects(id) ON DELETE CASCADE,
  parent_id UUID REFERENCES pages(id), -- For nested pages
  
  -- Basic info
  name VARCHAR(255) NOT NULL,
  slug VARCHAR(255) NOT NULL,
  path VARCHAR(500), -- URL path like /dashboard/settings
  type VARCHAR(50) DEFAULT 'page', -- page|layout|component|modal
  
  -- Purpose and device
  purpose TEXT, -- "Users view their uploaded lessons"
  primary_device VARCHAR(50) DEFAULT 'responsive', -- mobile|tablet|desktop|responsive
  
  -- Current state
  current_mockup_id UUID,
  status VARCHAR(50) DEFAULT 'draft', -- draft|designed|approved|built
  
  -- Relationships
  key_elements JSONB DEFAULT '[]', -- ["header", "lesson-grid", "filters"]
  related_patterns JSONB DEFAULT '[]', -- Design patterns used
  usage_contexts JSONB DEFAULT '[]', -- Where/how this page is used
  
  -- Metadata
  sort_order INTEGER DEFAULT 0,
  is_placeholder BOOLEAN DEFAULT FALSE,
  wizard_generated BOOLEAN DEFAULT FALSE,
  
  created_at TIMESTAMP WITH TIME ZONE DEFAULT NOW(),
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT NOW(),
  
  UNIQUE(project_id, path)
);

CREATE TABLE features (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  project_id UUID REFERENCES projects(id) ON DELETE CASCADE,
  
  -- Basic info
  name VARCHAR(255) NOT NULL,
  user_description TEXT, -- "Teachers can share lesson plans"
  category VARCHAR(100), -- auth|content|social|admin|payment
  status VARCHAR(50) DEFAULT 'planned', -- planned|in-progress|completed
  
  -- Implementation details
  affected_pages UUID[], -- Array of page IDs
  required_journeys UUID[], -- Array of journey IDs
  
  -- Data operations (CRUD)
  data_operations JSONB DEFAULT '{}',
  
  -- Requirements
  ui_requirements JSONB DEFAULT '[]', -- ["share button", "form", "success message"]
  business_rules JSONB DEFAULT '[]', -- ["only verified teachers", "limit 10 per day"]
  technical_requirements JSONB DEFAULT '{}', -- {"needs": ["image_upload", "rich_text"]}
  
  -- Source
  detected_from_mockups BOOLEAN DEFAULT FALSE,
  wizard_generated BOOLEAN DEFAULT FALSE,
  visual_specifications JSONB DEFAULT '{}',
  
  created_at TIMESTAMP WITH TIME ZONE DEFAULT NOW(),
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT NOW()
);

CREATE TABLE inferred_entities (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  project_id UUID REFERENCES projects(id) ON DELETE CASCADE,
  
  -- Entity info
  entity_name VARCHAR(100) NOT NULL, -- User, Lesson, etc
  plural_name VARCHAR(100),
  description TEXT,
  
  -- Fields detected
  fields JSONB NOT NULL,
  
  -- Relationships
  relationships JSONB DEFAULT '[]',
  
  -- CRUD tracking
  crud_locations JSONB DEFAULT '{}',
  
  -- Validation rules
  validation_rules JSONB DEFAULT '{}',
  business_rules JSONB DEFAULT '[]',
  
  -- Confidence
  confidence_score FLOAT DEFAULT 0.5,
  user_confirmed BOOLEAN DEFAULT FALSE,
  
  created_at TIMESTAMP WITH TIME ZONE DEFAULT NOW(),
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT NOW(),
  
  UNIQUE(project_id, entity_name)
);
